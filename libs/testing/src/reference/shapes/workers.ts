import { format, id, nullable, numeric, object, rule, string, text, ymd } from '../shape';

interface Worker {
  first_name: string;
  last_name: string;
  name: string;
}

/** A worker; `cash_on_hands` is null until the first cash, then a string. */
export const worker = rule<Worker>(
  object({
    id,
    first_name: text,
    last_name: text,
    name: text,
    email: format('email'),
    rfid: nullable(string),
    expire_at: ymd,
    cash_on_hands: nullable(numeric),
  }),
  'name to be both names joined by a space',
  ({ first_name, last_name, name }) => name === `${first_name} ${last_name}`,
);
