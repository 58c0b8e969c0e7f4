/** Something that drivers find at a power center. */
export interface AmenityFixture {
  id: number;
  name: string;
  /** A path under the storage's base address. */
  icon: string | null;
  description: string | null;
}

/** The amenities to choose from. */
export const AMENITIES: readonly AmenityFixture[] = [
  { id: 1, name: 'Wi-Fi', icon: 'amenities/wifi.png', description: 'Wireless internet for customers' },
  { id: 2, name: 'Restaurant', icon: 'amenities/restaurant.png', description: 'Meals served on the spot' },
  { id: 3, name: 'Café', icon: 'amenities/cafe.png', description: 'Coffee, drinks and snacks' },
  { id: 4, name: 'Restroom', icon: 'amenities/restroom.png', description: 'Toilets for customers' },
  { id: 5, name: 'Parking', icon: 'amenities/parking.png', description: 'Parking beyond the time of charging' },
  { id: 6, name: 'Shopping', icon: 'amenities/shopping.png', description: 'Shops within a short walk' },
  { id: 7, name: 'Supermarket', icon: 'amenities/supermarket.png', description: 'Groceries within a short walk' },
  { id: 8, name: 'Hotel', icon: 'amenities/hotel.png', description: 'Rooms on the premises' },
  { id: 9, name: 'Playground', icon: 'amenities/playground.png', description: 'A place for children to play' },
  { id: 10, name: 'Park', icon: 'amenities/park.png', description: 'Green space to walk in' },
  { id: 11, name: 'ATM', icon: 'amenities/atm.png', description: 'Cash machine' },
  { id: 12, name: 'Prayer room', icon: 'amenities/prayer-room.png', description: 'A quiet room for prayer' },
  { id: 13, name: 'Wheelchair access', icon: 'amenities/accessible.png', description: 'Step-free, with a wide bay' },
  { id: 14, name: 'Shelter', icon: 'amenities/shelter.png', description: 'A roof over the charging bays' },
  { id: 15, name: 'Lighting', icon: 'amenities/lighting.png', description: 'Lit at night' },
  { id: 16, name: 'Security', icon: 'amenities/security.png', description: 'Staff or cameras on site' },
  { id: 17, name: 'Car wash', icon: 'amenities/car-wash.png', description: 'Washing and cleaning' },
];
