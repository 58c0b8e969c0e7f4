import { ApiProperty } from '@nestjs/swagger';
import { Id, Int, Text } from '../fields';

export const MESSAGE_DIRECTIONS = ['received', 'sent'] as const;
export type MessageDirection = (typeof MESSAGE_DIRECTIONS)[number];
export const MESSAGE_KINDS = ['call', 'result', 'error', 'malformed'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A message between a charger and the platform. */
export class ChargerMessage {
  @ApiProperty({ example: 90412 }) id: number;
  @ApiProperty({ example: '2026-05-12T09:02:00.123000Z' }) at: string;
  @ApiProperty({ example: 'received', enum: MESSAGE_DIRECTIONS }) direction: MessageDirection;
  @ApiProperty({ example: 'call', enum: MESSAGE_KINDS }) kind: MessageKind;
  /** Of the call that it is or answers. */
  @ApiProperty({ example: 'StartTransaction', nullable: true, type: String }) action: string | null;
  @ApiProperty({ example: '19223201' }) message_id: string;
  /** Secrets are left out, and cards for those who may not see workers. Null where it is no object, or was cut. */
  @ApiProperty({ type: Object, nullable: true, example: { connectorId: 1, idTag: '04A2B1C6', meterStart: 1500 } })
  payload: object | null;
  /** The beginning of a message that is malformed, or longer than is kept. */
  @ApiProperty({ type: String, nullable: true, example: null }) text: string | null;
  /** How it deviates from the schema, and what else was wrong with it. */
  @ApiProperty({ type: [String], example: ["/ must have required property 'timestamp'"] }) problems: string[];
}

export class ChargerMessagesMeta {
  @ApiProperty({ example: 50 }) per_page: number;
  /** `cursor` of the next page; null at the end. */
  @ApiProperty({ example: '90363', nullable: true, type: String }) next: string | null;
}

export class ChargerMessages {
  @ApiProperty({ type: [ChargerMessage] }) data: ChargerMessage[];
  @ApiProperty({ type: ChargerMessagesMeta }) meta: ChargerMessagesMeta;
}

export class ListChargerMessages {
  @Id() id: number;
  @Int({ min: 1, max: 100, description: 'Messages a page; 50 by default.' }) itemsPerPage?: number | null;
  @Int({
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    description: '`meta.next` of the page before; absent: the newest messages.',
  })
  cursor?: number | null;
  @Text({ max: 100, example: 'StartTransaction', description: 'Messages of this action alone.' }) action?:
    string | null;
}
