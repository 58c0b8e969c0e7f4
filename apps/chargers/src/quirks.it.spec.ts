import { CARDS, type Chargers, startChargers } from './test/chargers';
import { dialogues, play } from './test/quirk-player';
import { atService } from './test/quirk-service';

describe('quirks of chargers, as a dialogue', () => {
  let service: Chargers;
  let chargePointId = 2900;

  beforeAll(async () => {
    service = await startChargers('charger_quirks');
    CARDS.set('04A2B1C6', 'known');
  });
  afterAll(() => service?.stop());

  it.each(dialogues)('$file: $dialogue.title', async ({ dialogue }) => {
    chargePointId += 1;
    await play(dialogue, await atService(service, chargePointId, dialogue));
  });
});
