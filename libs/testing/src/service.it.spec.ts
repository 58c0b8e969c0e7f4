import { Controller, Module } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Caller, type HandlersOf, operations, read, Text } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { asUser, startTestService, type TestBroker, testBroker, type TestService } from './index';

class Greet {
  @Text({ presence: 'required' }) name: string;
}
class Greeting {
  @ApiProperty() text: string;
}
const greetings = operations('kit.greetings', { greet: read(Greet, Greeting) });

@Controller()
class GreetingsHandler implements HandlersOf<typeof greetings> {
  @Handles(greetings.greet)
  async greet({ name }: Greet, { identity }: Caller): Promise<Greeting> {
    return { text: `Hello ${name} of ${identity?.accountId}` };
  }
}

@Module({ controllers: [GreetingsHandler] })
class GreetingsModule {}

describe('a service under test', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    service = await startTestService({ broker, module: GreetingsModule, serves: [greetings] });
  });

  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });

  const greet = () => service.bus.call(greetings.greet, { name: 'Ada' }, asUser({ accountId: 7 }));

  it('answers a client over a broker of its own', async () => {
    expect(await greet()).toEqual({ text: 'Hello Ada of 7' });
  });

  it('answers again when the broker has been killed and is back on the same port', async () => {
    const { url } = broker;
    await broker.restart();
    expect(broker.url).toBe(url);
    await expect(eventually(greet)).resolves.toEqual({ text: 'Hello Ada of 7' });
  });

  it('answers late while the broker was frozen', async () => {
    broker.pause();
    const asked = greet();
    broker.resume();
    expect(await asked).toEqual({ text: 'Hello Ada of 7' });
  });
});

async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
