import { example, refusedFields } from './example';

const CREATED = {
  name: 'yarbecukxoreskiapbwavywqvbyczkdthbxtdfwekuvu',
  companyName: 'tovcxnsnqshehtmhogstnqsaqzmdzybxpkvipnlhvacfzdskcnoiorplhmzhfpmfzbdluasuuuprlgraecvncadte',
  licenseCode: 'etqdctvjmoqaymopkcdwnxyexlxdrznpxpugxtidcuufyyfllhczbvfnt',
  chargePoints: ['quam'],
};

const UPDATED = {
  name: 'ibzkgi',
  companyName: 'rbgwdlnztjnhgxezlsavtwyfakiulrjaorxsxpvxwxkjpdtrwkucwdztbvlxrywyjcrozzrlamexos',
  licenseCode: 'qfcetodiabxhlirzngual',
  chargePoints: ['aperiam'],
};

const NOT_A_POWER_CENTER = refusedFields({ 'chargePoints.0': ['The selected chargePoints.0 is invalid.'] });
const WHY = "the printed power center is random letters; ids of the caller's may stand there, or none";
const given = "a group of the caller's under this id";
const root = '/api/charge-point-groups';

/** Groups. */
export const groupExamples = [
  ...example(55, `${root}/datatable?search=non&itemsPerPage=2&power-centers=1`),
  ...example(56, `${root}?power-centers=1`),
  ...example(57, root, {
    body: CREATED,
    verdict: NOT_A_POWER_CENTER,
    fixed: { why: WHY, body: { ...CREATED, chargePoints: [] } },
  }),
  ...example(58, `${root}/1?power-centers=`, { given }),
  ...example(59, `${root}/1`, {
    body: UPDATED,
    given,
    verdict: NOT_A_POWER_CENTER,
    fixed: { why: WHY, body: { ...UPDATED, chargePoints: [] } },
  }),
  ...example(60, `${root}/1`, { given }),
];
