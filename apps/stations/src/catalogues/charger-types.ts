/** A class of charger by its current and power. */
export interface ChargerTypeFixture {
  id: number;
  name: string;
  /** A path under the storage's base address. */
  img: string;
  current_type: 'AC' | 'DC';
  /** In kW. */
  max_power: number;
}

/** The charger types to choose from. */
export const CHARGER_TYPES: readonly ChargerTypeFixture[] = [
  { id: 1, name: 'Socket', img: 'charger-types/socket.png', current_type: 'AC', max_power: 3.7 },
  { id: 2, name: 'AC wall box', img: 'charger-types/ac-wallbox.png', current_type: 'AC', max_power: 11 },
  { id: 3, name: 'AC fast', img: 'charger-types/ac-fast.png', current_type: 'AC', max_power: 43 },
  { id: 4, name: 'DC fast', img: 'charger-types/dc-fast.png', current_type: 'DC', max_power: 50 },
  { id: 5, name: 'DC rapid', img: 'charger-types/dc-rapid.png', current_type: 'DC', max_power: 150 },
  { id: 6, name: 'DC ultra-rapid', img: 'charger-types/dc-ultra.png', current_type: 'DC', max_power: 400 },
];
