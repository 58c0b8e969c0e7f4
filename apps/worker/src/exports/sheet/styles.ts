import type { CellType } from '@open-cpo/contracts';
import { xml } from './xml';

/** Places in the one table of styles. */
export const STYLE: Readonly<Record<CellType | 'header', number>> = {
  text: 0,
  header: 1,
  integer: 2,
  decimal: 0,
  money: 3,
  moment: 4,
  flag: 0,
  json: 0,
};

const font = (bold: boolean): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;

const format = (numFmt: number, fontId = 0): string =>
  `<xf numFmtId="${numFmt}" fontId="${fontId}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;

/** Amounts show their currency; dates go by the year, which every reader understands. */
export const styles = (currency: string): string => `<styleSheet xmlns="${MAIN}">
<numFmts count="2">
<numFmt numFmtId="164" formatCode="${xml(`#,##0.00 "${currency.replace(/\W/g, '')}"`)}"/>
<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/>
</numFmts>
<fonts count="2">${font(false)}${font(true)}</fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5">${[format(0), format(0, 1), format(1), format(164), format(165)].join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
