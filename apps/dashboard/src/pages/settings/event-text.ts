import { useI18n } from 'vue-i18n';

/** The name of a type of events in the page's language; that of one that is newer than the texts stays as it is. */
export function useEventText() {
  const i18n = useI18n();
  return (type: string): string => {
    // The event of a test, which no account ever has by itself.
    if (type === 'ping') return i18n.t('settings.ping');
    const key = `eventType.${type.replace('.', '_')}`;
    return i18n.te(key) ? i18n.t(key) : type;
  };
}
