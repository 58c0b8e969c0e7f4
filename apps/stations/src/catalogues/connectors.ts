/** A kind of connector, as power centers show it. */
export interface ConnectorFixture {
  id: number;
  name: string;
  /** A path under the storage's base address. */
  icon: string;
  /** Empty in every documented sample. */
  type: string;
  /** The standard's limit in kW; 0 where the reference shows 0. */
  max_power: number;
}

/** The connectors to choose from. 3 and 7 are documented samples, kept to the letter ("CSS", the folder "connector"). */
export const CONNECTORS: readonly ConnectorFixture[] = [
  { id: 1, name: 'Type 2 - Mennekes', icon: 'connectors/Type 2.png', type: '', max_power: 43 },
  { id: 2, name: 'Type 3 - Scame', icon: 'connectors/Type 3.png', type: '', max_power: 22 },
  { id: 3, name: 'Type 1 - J1772', icon: 'connectors/Type 1.png', type: '', max_power: 0 },
  { id: 4, name: 'CHAdeMO', icon: 'connectors/CHAdeMO.png', type: '', max_power: 400 },
  { id: 5, name: 'CCS - Type 2', icon: 'connectors/CCS2.png', type: '', max_power: 500 },
  { id: 6, name: 'NACS - J3400', icon: 'connectors/NACS.png', type: '', max_power: 500 },
  { id: 7, name: 'CSS - Type 1', icon: 'connector/CCS1.png', type: '', max_power: 0 },
  { id: 8, name: 'GB/T - AC', icon: 'connectors/GBT AC.png', type: '', max_power: 27.7 },
  { id: 9, name: 'GB/T - DC', icon: 'connectors/GBT DC.png', type: '', max_power: 237.5 },
  { id: 10, name: 'Schuko - Type F', icon: 'connectors/Schuko.png', type: '', max_power: 3.7 },
  { id: 11, name: 'Type E', icon: 'connectors/Type E.png', type: '', max_power: 3.7 },
  { id: 12, name: 'Type G - BS 1363', icon: 'connectors/Type G.png', type: '', max_power: 3 },
  { id: 13, name: 'NEMA 5-15', icon: 'connectors/NEMA 5-15.png', type: '', max_power: 1.8 },
  { id: 14, name: 'NEMA 14-50', icon: 'connectors/NEMA 14-50.png', type: '', max_power: 12 },
  { id: 15, name: 'CEE - Blue', icon: 'connectors/CEE Blue.png', type: '', max_power: 7.4 },
  { id: 16, name: 'CEE - Red', icon: 'connectors/CEE Red.png', type: '', max_power: 22 },
  { id: 17, name: 'MCS', icon: 'connectors/MCS.png', type: '', max_power: 3750 },
];
