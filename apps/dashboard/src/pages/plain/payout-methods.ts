import { type components, unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { client } from '../../api/client';
import { useUser } from '../../api/user';

/** The payout methods that the owner has set up, and what a method is called. */
export function usePayoutMethods() {
  const texts = useI18n();
  const { can } = useUser();
  const methods = useQuery({
    queryKey: ['payouts', 'methods'],
    enabled: computed(() => can('payout-methods.view')),
    queryFn: async () =>
      (await unwrap(client.GET('/api/payout-methods'))).results as components['schemas']['PayoutMethod'][],
  });
  const nameOf = (name: string): string => (texts.te(`payouts.${name}`) ? texts.t(`payouts.${name}`) : name);
  return { methods, nameOf };
}
