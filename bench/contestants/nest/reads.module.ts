import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { POOL, type Settings } from '../shared/settings';
import { ChargePointCard, Day, OrderEntity, Total } from './orders.entities';
import { ReadsService } from './reads.service';
import { Amenity, ChargePoint, ChargerType, ConnectorType, CurrencyRate, MountedConnector } from './stations.entities';

const source = (url: string, entities: readonly (new () => object)[]): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, entities: [...entities], poolSize: POOL }).initialize();

/** The service with its two databases. */
export const readsProvider = ({ stationsUrl, ordersUrl, publicUrl }: Settings): FactoryProvider<ReadsService> => ({
  provide: ReadsService,
  useFactory: async () => {
    const stations = [ChargePoint, ChargerType, ConnectorType, Amenity, MountedConnector, CurrencyRate];
    const orders = [OrderEntity, ChargePointCard, Total, Day];
    const service = new ReadsService(await source(stationsUrl, stations), await source(ordersUrl, orders), publicUrl);
    await service.open();
    return service;
  },
});
