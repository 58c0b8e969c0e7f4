import { box, group, path, type Picture, svg } from './shapes';

const LINE = 'fill="none" stroke="#4338ca" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"';

// Our own neutral drawings (a card, a bank): the providers' logos are their trade marks.
const CARD = box(30, 34, 100, 64, 10) + path('M30 54h100M44 80h24M96 80h20');
const BANK = path('M34 54l46-26 46 26zM46 60v32M69 60v32M91 60v32M114 60v32M34 102h92');

/** Every payout method's picture, by the method's name. */
export function payoutMethodLogos(): Record<string, Picture> {
  const logo = (sign: string): Picture => ({
    svg: svg(160, 128, box(2, 2, 156, 124, 16, 'fill="#eef2ff"'), group(LINE, sign)),
    width: 160,
  });
  return {
    'images/payout-methods/stripe.png': logo(CARD),
    'images/payout-methods/bank_transfer.png': logo(BANK),
  };
}
