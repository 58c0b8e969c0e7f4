import { ApiProperty } from '../core/documentation';
import { CONNECTOR_STATUSES, type ConnectorState } from './charge-point-words';

const text = { type: String, nullable: true } as const;

/** A connector as a power center shows it; `id` is that of its kind. */
export class ConnectorView {
  @ApiProperty({ example: 3 }) id: number;
  @ApiProperty({ example: 'Type 1 - J1772' }) name: string;
  @ApiProperty({ example: 'https://storage.powerly.app/connectors/Type 1.png' }) icon: string;
  @ApiProperty({ example: '' }) type: string;
  /** In kW. */
  @ApiProperty({ example: 0 }) max_power: number;
  @ApiProperty({ example: 'unavailable', enum: CONNECTOR_STATUSES }) status: ConnectorState;
  @ApiProperty({ type: Number, nullable: true, example: 1 }) number: number | null;
}

/** A class of charger. */
export class ChargerTypeView {
  @ApiProperty({ example: 2 }) id: number;
  @ApiProperty({ example: 'AC wall box' }) name: string;
  @ApiProperty({ example: 'http://localhost:3000/charger-types/ac.png' }) img: string;
  @ApiProperty({ enum: ['AC', 'DC'] }) current_type: string;
  /** In kW, as text: some applications discard a type with a number here. */
  @ApiProperty({ example: '11' }) max_power: string;
}

/** Something that drivers find at a power center. */
export class AmenityView {
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 'Wi-Fi' }) name: string;
  @ApiProperty(text) icon: string | null;
  @ApiProperty(text) description: string | null;
}

export class AddressView {
  @ApiProperty({ ...text, example: 'Tassala' }) address_line_1: string | null;
  @ApiProperty(text) address_line_2: string | null;
  @ApiProperty(text) address_line_3: string | null;
  @ApiProperty(text) zipcode: string | null;
  @ApiProperty(text) city: string | null;
  @ApiProperty(text) state: string | null;
}
