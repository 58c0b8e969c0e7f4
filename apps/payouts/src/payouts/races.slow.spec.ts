import { testRaces } from './races.spec-helper';

testRaces(100);
