import { randomUUID } from 'node:crypto';
import { type ChargerOptions, SimulatedCharger } from './simulated-charger';

type Json = Record<string, unknown>;

/** What an event says beside its type, number and transaction. */
export interface StationEvent {
  readonly type: 'Started' | 'Updated' | 'Ended';
  readonly seqNo: number;
  readonly transactionId: string;
  /** Wh. */
  readonly wh?: number;
  /** The card that is shown. */
  readonly card?: string;
  readonly timestamp?: string;
  readonly triggerReason?: string;
  readonly info?: Json;
  /** What is added to the payload, or replaces a part of it. */
  readonly more?: Json;
}

const CONTEXTS = { Started: 'Transaction.Begin', Updated: 'Sample.Periodic', Ended: 'Transaction.End' } as const;
const REASONS = { Started: 'CablePluggedIn', Updated: 'MeterValuePeriodic', Ended: 'EVCommunicationLost' } as const;

/** The payload of a `TransactionEvent`. */
export function transactionEventPayload(event: StationEvent): Json {
  const { type, seqNo, transactionId, wh, card, info, more } = event;
  const { timestamp = new Date().toISOString(), triggerReason = REASONS[type] } = event;
  const sampledValue = [{ value: wh, context: CONTEXTS[type], unitOfMeasure: { unit: 'Wh' } }];
  return {
    ...{ eventType: type, timestamp, triggerReason, seqNo, transactionInfo: { transactionId, ...info } },
    ...(card === undefined ? {} : { idToken: { idToken: card, type: 'ISO14443' } }),
    ...(wh === undefined ? {} : { meterValue: [{ timestamp, sampledValue }] }),
    ...more,
  };
}

/** A charger that speaks OCPP 2.0.1 over a real WebSocket; it sends what it is asked to send, right or wrong. */
export class SimulatedStation {
  private constructor(readonly charger: SimulatedCharger) {}

  /** @throws ConnectionRefused */
  static async connect(options: ChargerOptions): Promise<SimulatedStation> {
    return new SimulatedStation(await SimulatedCharger.connect({ protocols: ['ocpp2.0.1'], ...options }));
  }

  /** The response to a call. @throws CallRefused, or Error when the connection ends before */
  call(action: string, payload: Json = {}, id: string = randomUUID()): Promise<Json> {
    return this.charger.call(action, payload, id);
  }

  boot(station: Json = {}): Promise<Json> {
    const chargingStation = { vendorName: 'Open CPO', model: 'Simulator', ...station };
    return this.call('BootNotification', { reason: 'PowerUp', chargingStation });
  }

  status(evseId: number, connectorStatus: string, connectorId = 1): Promise<Json> {
    return this.call('StatusNotification', {
      ...{ evseId, connectorId, connectorStatus },
      timestamp: new Date().toISOString(),
    });
  }

  /** What the card may do. */
  async authorize(card: string, type = 'ISO14443'): Promise<string> {
    const { idTokenInfo } = await this.call('Authorize', { idToken: { idToken: card, type } });
    return (idTokenInfo as { status: string }).status;
  }

  event(event: StationEvent): Promise<Json> {
    return this.call('TransactionEvent', transactionEventPayload(event));
  }

  close(): void {
    this.charger.close();
  }

  /** As a loss of power does. */
  terminate(): void {
    this.charger.terminate();
  }
}
