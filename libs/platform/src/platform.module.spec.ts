import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Health, Log, PlatformModule, ProcessConfig } from '.';

class ShopConfig extends ProcessConfig {
  doors = 2;
}

@Injectable()
class Shop {
  constructor(
    readonly config: ShopConfig,
    readonly asAny: ProcessConfig,
    readonly log: Log,
    readonly health: Health,
  ) {}
}

@Module({ providers: [Shop] })
class ShopModule {}

class Root {}

const shopOf = async (config: ProcessConfig): Promise<Shop> => {
  const imports = [PlatformModule.forRoot(config, 'shop'), ShopModule];
  const app = await NestFactory.createApplicationContext(
    { module: Root, imports },
    { logger: false, abortOnError: false },
  );
  return app.get(Shop);
};

describe('a module of a process', () => {
  it('is given configuration, log and health', async () => {
    const config = new ShopConfig();
    const shop = await shopOf(config);
    expect(shop.config).toBe(config);
    expect(shop.asAny).toBe(config);
    expect(shop.log).toBeInstanceOf(Log);
    expect(shop.health).toBeInstanceOf(Health);
  });

  it('that asks for more configuration than there is cannot start', async () => {
    await expect(shopOf(new ProcessConfig())).rejects.toThrow('ShopConfig');
  });
});
