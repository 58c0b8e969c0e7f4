import { environment } from '@open-cpo/platform';
import { testPlans } from './plans.spec-helper';

// `PLAN_ORDERS=1000000` reads the plans of a million.
testPlans(Number(environment().PLAN_ORDERS ?? 120_000));
