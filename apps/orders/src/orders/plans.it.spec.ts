import { testPlans } from './plans.spec-helper';

testPlans(20_000);
