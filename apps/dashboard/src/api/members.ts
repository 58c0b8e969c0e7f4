import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client } from './client';
import { useUser } from './user';

export const readMembers = async () => (await unwrap(client.GET('/api/members'))).results;

/** The name of a member by the user's id; of a former member, or for a role that does not see members, the id. */
export function useMemberNames() {
  const { can } = useUser();
  const { data } = useQuery({
    queryKey: ['members'],
    queryFn: readMembers,
    enabled: computed(() => can('members.view')),
  });
  const names = computed(
    () => new Map((data.value ?? []).filter(({ status }) => status === 'active').map((one) => [one.id, one])),
  );
  const nameOf = (id: number): string => {
    const member = names.value.get(id);
    return member ? member.name || member.email : `#${id}`;
  };
  const choices = computed(() => [...names.value.keys()].map((value) => ({ value, title: nameOf(value) })));
  return { nameOf, choices };
}
