import { CATALOGUE, type ErrorCode, type RefusalKind } from './catalogue';

/** Field name as reported -> its messages, in the order in which the fields are declared. */
export type FieldMap = Record<string, string[]>;

/** A refusal as it travels between processes. */
export interface WireRefusal {
  readonly kind: RefusalKind;
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields?: FieldMap;
  readonly data?: unknown;
  readonly retryAfter?: number;
}

export interface RefusalDetails {
  /** Public text in place of the catalogue's. */
  readonly message?: string;
  readonly fields?: FieldMap;
  /** Documented data that goes with the refusal, e.g. what is left of a verification. */
  readonly data?: unknown;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
  /** What an operator may read in the log; never leaves the process. */
  readonly cause?: unknown;
  /** The refusal itself must be kept (a spent attempt): the transaction commits, then the caller is refused. */
  readonly keep?: boolean;
}

/** The one way to say no. Its text is public; what is not goes into `cause`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly fields?: FieldMap;
  readonly data?: unknown;
  readonly retryAfter?: number;
  readonly keep: boolean;

  constructor(
    readonly code: ErrorCode,
    details: RefusalDetails = {},
  ) {
    super(details.message ?? CATALOGUE[code].text, { cause: details.cause });
    this.kind = CATALOGUE[code].kind;
    this.fields = details.fields;
    this.data = details.data;
    this.retryAfter = details.retryAfter ?? CATALOGUE[code].retryAfter;
    this.keep = details.keep ?? false;
  }

  toWire(): WireRefusal {
    const { kind, code, message, fields, data, retryAfter } = this;
    return { kind, code, message, fields, data, retryAfter };
  }

  static fromWire(wire: WireRefusal): Refusal {
    return new Refusal(Object.hasOwn(CATALOGUE, wire.code) ? wire.code : codeOf(wire.kind), wire);
  }
}

/** Whether a service was unavailable or too late to answer: the same call may succeed later. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline');

/** A neighbour of a newer version may know codes that we do not: its kind says enough. */
const codeOf = (kind: RefusalKind): ErrorCode =>
  (Object.keys(CATALOGUE) as ErrorCode[]).find((code) => CATALOGUE[code].kind === kind) ?? 'internal';

/** Fields that one response names at most: it must fit a message. */
const MOST_FIELDS = 100;

/** Collects what is wrong with an input, shape first, then what only the database knows, in one map. */
export class FieldErrors {
  private readonly found = new Map<string, string[]>();

  /** `order`: the fields as declared, which is the order of the answer. */
  constructor(private readonly order: readonly string[] = []) {}

  add(field: string, message: string): this {
    const messages = this.found.get(field);
    if (messages) messages.push(message);
    else this.found.set(field, [message]);
    return this;
  }

  has(field: string): boolean {
    return this.found.has(field);
  }

  get empty(): boolean {
    return this.found.size === 0;
  }

  toMap(): FieldMap {
    const ranks = new Map(this.order.map((name, index) => [name, index]));
    const ranked = [...this.found].map((entry) => {
      const field = entry[0];
      const top = field.includes('.') ? field.slice(0, field.indexOf('.')) : field;
      return { entry, rank: ranks.get(field) ?? ranks.get(top) ?? this.order.length };
    });
    ranked.sort((a, b) => a.rank - b.rank);
    return Object.fromEntries(ranked.slice(0, MOST_FIELDS).map(({ entry }) => entry));
  }

  /** @throws Refusal `validation_failed` whose message is the first message of the first field. */
  throwIfAny(): void {
    if (this.empty) return;
    const fields = this.toMap();
    throw new Refusal('validation_failed', { fields, message: Object.values(fields)[0]?.[0] });
  }
}
