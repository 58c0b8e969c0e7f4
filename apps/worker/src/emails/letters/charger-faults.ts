import { arabicHello, englishHello } from './greetings';
import { isolated } from './isolated';
import type { Draft } from './letter';
import type { Params } from './params';

/** Faults that a letter shows at most. */
const MAX_LINES = 40;

interface Fault {
  readonly charger: string;
  readonly connector: string;
  readonly code: string;
  readonly vendor?: string;
  readonly at?: string;
}

/** What comes from chargers is shown where it is a plain word. */
function faultsOf(params: Params): Fault[] {
  return Array.from({ length: MAX_LINES }, (_, n): Fault | undefined => {
    const [charger, connector] = [params.fixed(`charger_${n}`), params.fixed(`connector_${n}`)];
    if (connector === undefined) return undefined;
    return {
      charger: charger ?? '?',
      connector,
      code: params.fixed(`code_${n}`) ?? '?',
      vendor: params.fixed(`vendor_${n}`),
      at: params.fixed(`at_${n}`),
    };
  }).filter((fault) => fault !== undefined);
}

const codes = ({ code, vendor }: Fault): string => (vendor ? `${code} (${vendor})` : code);

const ENGLISH_PLACE = ({ connector }: Fault): string => (connector === '0' ? '' : `, connector ${connector}`);
const ARABIC_PLACE = ({ connector }: Fault): string => (connector === '0' ? '' : `، الموصل ${isolated(connector)}`);

/** Faults of the chargers of an account, within an hour of each. */
export const englishChargerFaults = (params: Params): Draft => {
  const [chargers, reports] = [params.fixed('chargers'), params.fixed('reports')];
  const many = chargers !== undefined && chargers !== '1';
  const heading = many ? `${chargers} chargers report faults` : 'A charger reports a fault';
  return {
    subject: heading,
    heading,
    parts: [
      englishHello(params),
      ...faultsOf(params).map(
        (one) => `${one.charger}${ENGLISH_PLACE(one)}: ${codes(one)}${one.at ? `, ${one.at} (UTC)` : ''}`,
      ),
      ...(reports ? [`Reports altogether: ${reports}. The dashboard shows all of them.`] : []),
      'A charger is in one such mail an hour at most. You can switch them off in your profile.',
    ],
  };
};

export const arabicChargerFaults = (params: Params): Draft => {
  const [chargers, reports] = [params.fixed('chargers'), params.fixed('reports')];
  const many = chargers !== undefined && chargers !== '1';
  const heading = many ? `أعطال في عدد من الشواحن: ${isolated(chargers)}` : 'عطل في أحد الشواحن';
  return {
    subject: heading,
    heading,
    parts: [
      arabicHello(params),
      ...faultsOf(params).map(
        (one) =>
          `الشاحن ${isolated(one.charger)}${ARABIC_PLACE(one)}: ${isolated(codes(one))}${one.at ? `، ${isolated(one.at)} (بالتوقيت العالمي)` : ''}`,
      ),
      ...(reports ? [`عدد البلاغات كلها: ${isolated(reports)}. وتعرضها لوحة التحكم كاملة.`] : []),
      'يرد كل شاحن في رسالة واحدة من هذا النوع كل ساعة على الأكثر. ويمكنك إيقافها من ملفك الشخصي.',
    ],
  };
};
