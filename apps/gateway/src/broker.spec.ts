import { calledOperations } from '@open-cpo/contracts';
import { brokerUses } from './broker';
import { declaredRoutes } from './http/route';
import './index';

it('the gateway declares the operation of every route', () => {
  const declared = new Set(calledOperations(brokerUses).map(({ subject }) => subject));
  const called = declaredRoutes().map(({ calls }) => calls.subject);
  expect(called.length).toBeGreaterThan(150);
  expect(called.filter((subject) => !declared.has(subject))).toEqual([]);
});
