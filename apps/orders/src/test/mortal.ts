import { SessionEventsConsumer } from '../sessions/session-events.consumer';
import '../main';

/** The process of orders, which ends at once when it handles an event of this session. */
export const DEADLY = 'deadly';

const { take } = SessionEventsConsumer.prototype;
SessionEventsConsumer.prototype.take = function (this: SessionEventsConsumer, events) {
  const deadly = events.some(({ payload }) => (payload as { session_id?: string }).session_id === DEADLY);
  if (deadly) process.kill(process.pid, 'SIGKILL');
  return take.call(this, events);
};
