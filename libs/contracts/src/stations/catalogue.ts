import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { operations, read } from '../core/operation';
import { AmenityView, ChargerTypeView } from './charge-point-parts';

/** A kind of connector. */
export class ConnectorKind {
  @ApiProperty({ example: 3 }) id: number;
  @ApiProperty({ example: 'Type 1 - J1772' }) name: string;
  @ApiProperty({ example: 'http://localhost:3000/connectors/Type 1.png' }) icon: string;
  /** In kW; 0 where the standard sets no limit. */
  @ApiProperty({ example: 43 }) max_power: number;
}

/** What power centers are described with; each kind ascending by id. */
export class PowerCenterCatalogue {
  @ApiProperty({ type: [ConnectorKind] }) connectors: ConnectorKind[];
  @ApiProperty({ type: [ChargerTypeView] }) charger_types: ChargerTypeView[];
  @ApiProperty({ type: [AmenityView] }) amenities: AmenityView[];
}

export const powerCenterCatalogue = operations('stations.catalogue', {
  all: read(Nothing, PowerCenterCatalogue),
});
