/** What is counted: the first one of the list, so that it is the last one to be left out. */
const REGISTER = 'Energy.Active.Import.Register';
/** Characters of a list that OCPP 1.6 takes. */
const MAX_LIST = 500;

/** A list of measurands with the energy register, cut to what a charger takes. */
export function withRegister(list: string): string {
  const others = list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== REGISTER);
  let found = [REGISTER, ...others].join(',');
  while (found.length > MAX_LIST) found = withoutLast(found);
  return found;
}

/** Some chargers refuse a whole list for one measurand that they do not have. */
export const withoutLast = (list: string): string => list.slice(0, Math.max(0, list.lastIndexOf(',')));
