import { type Deviation, dialogues, play } from './test/quirk-player';
import { ToySystem } from './test/toy-system';

/** Where each dialogue goes another way at a system that has all safeguards but that one. */
const DEVIATES: Readonly<Record<string, string>> = {
  '01-no-subprotocol.json': 'step 1',
  '02-no-connection-upgrade.json': 'step 1',
  '03-compression.json': 'step 1',
  '05-short-address.json': 'address',
  '08-other-user-name.json': 'step 1',
  '09-two-connections.json': 'step 4',
  '10-pings.json': 'step 4',
  '10-pings-answered.json': 'step 4',
  '11-no-boot.json': 'step 6',
  '12-calls-before-the-boot.json': 'step 2',
  '13-bursts-of-triggers.json': 'step 9',
  '14-boot-interval.json': 'step 2',
  '15-storm-of-reconnections.json': 'step 2',
  '16-large-messages.json': 'step 4',
  '22-answers-to-nothing.json': 'step 4',
  '23-answers-to-begins.json': 'step 2',
  '24-restart-at-a-change.json': 'step 5',
  '25-measurand-refused.json': 'step 11',
  '26-settings-by-key.json': 'step 5',
  '27-interval-ignored.json': 'step 8',
  '28-start-without-effect.json': 'step 5',
  '29-finishing.json': 'published',
  '33-ids-of-transactions.json': 'published',
  '35-stop-repeated.json': 'published',
  '36-start-repeated.json': 'step 3',
  '37-stop-of-nothing.json': 'published',
  '40-emergency-stop.json': 'published',
  '43-unit-of-registers.json': 'published',
  '45-register-reset.json': 'published',
  '49-times-of-answers.json': 'step 2',
  '51-free-vend.json': 'step 2',
};

/** What a dialogue finds at the toy; nothing where all is as it should be. */
async function found(
  { dialogue }: (typeof dialogues)[number],
  has: (quirk: number) => boolean,
): Promise<Deviation | undefined> {
  const toy = await ToySystem.start(dialogue, has);
  try {
    await play(dialogue, toy);
    return undefined;
  } catch (error) {
    return error as Deviation;
  } finally {
    await toy.stop();
  }
}

describe('negative controls of the dialogues', () => {
  it('there is one of each', () => {
    expect(Object.keys(DEVIATES).sort()).toEqual(dialogues.map(({ file }) => file).sort());
  });

  describe.each(dialogues)('$file', (one) => {
    it('holds at a system with all safeguards', async () => {
      expect(await found(one, () => true)).toBeUndefined();
    });

    it('does not hold without its own', async () => {
      const deviation = await found(one, (quirk) => quirk !== one.dialogue.quirk);
      expect({ where: deviation?.where }).toEqual({ where: DEVIATES[one.file] });
    });
  });
});
