import type { DemoPowerCenter } from './power-centers';

/** Account 2: a small network in Jordan. */
export const RIVAL_POWER_CENTERS: readonly DemoPowerCenter[] = [
  {
    title: 'Abdali Boulevard',
    city: 'Amman',
    state: 'Amman',
    street: 'Rafiq Al-Hariri Avenue',
    at: [31.9645, 35.9077],
    price: ['0.12', 'JOD', 'minutes'],
    type: 4,
    connectors: [5, 8],
    amenities: [1, 2, 6],
  },
  {
    title: 'Queen Alia Airport',
    city: 'Zizya',
    state: 'Amman',
    street: 'Airport Road',
    at: [31.7226, 35.9932],
    price: ['0.19', 'JOD', 'energy'],
    type: 5,
    connectors: [5, 9],
    amenities: [3, 4],
    doing: 'busy',
  },
  {
    title: 'Desert Highway Rest House',
    city: 'Maʼan',
    state: 'Maʼan',
    street: 'Desert Highway',
    at: [30.1926, 35.7363],
    price: ['0.09', 'JOD', 'minutes'],
    type: 2,
    connectors: [1],
    doing: 'away',
  },
  {
    title: 'Irbid University Street',
    city: 'Irbid',
    state: 'Irbid',
    street: 'Shafiq Irshidat Street',
    at: [32.5556, 35.85],
    connectors: [1],
    private: true,
    doing: 'new',
  },
];
