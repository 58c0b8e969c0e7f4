/** What a charger can be asked to send. */
export const TRIGGERED_MESSAGES = [
  'BootNotification',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'MeterValues',
  'StatusNotification',
] as const;
export type TriggeredMessage = (typeof TRIGGERED_MESSAGES)[number];

/** What a charger is told to do, in the words of no version of the protocol. */
export type Command =
  /** `tag`: at most 20 characters. `made`: whether it is no card, but was made for this start. */
  | { readonly type: 'start'; readonly connector: number; readonly tag: string; readonly made?: boolean }
  | { readonly type: 'stop'; readonly transaction: number }
  | { readonly type: 'unlock'; readonly connector: number }
  | { readonly type: 'reset'; readonly hard: boolean }
  /** Connector 0 is the charger with all of its connectors. */
  | { readonly type: 'availability'; readonly connector: number; readonly available: boolean }
  | { readonly type: 'configure'; readonly key: string; readonly value: string }
  /** Without a key all of them. */
  | { readonly type: 'read_configuration'; readonly key?: string }
  | { readonly type: 'trigger'; readonly message: TriggeredMessage; readonly connector?: number };

/** A command as a call of a version of the protocol. */
export interface CommandCall {
  readonly action: string;
  readonly payload: object;
}

/** A setting of a charger as it reported it. */
export interface ConfigurationKey {
  readonly key: string;
  /** Absent where it has none, or does not tell. */
  readonly value?: string;
  readonly readonly: boolean;
}

/** What a charger answered to a command. */
export interface CommandAnswer {
  readonly accepted: boolean;
  /** In the words of the protocol, such as `Scheduled`; `Unreadable` where it said none. */
  readonly status: string;
  /** Of `read_configuration`. */
  readonly configuration?: readonly ConfigurationKey[];
  /** Whether those are all settings that the charger has. */
  readonly complete?: boolean;
  /** Keys that it does not have. */
  readonly unknown?: readonly string[];
}
