export type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** A schema in which every object has the properties that it names and no others. */
export function withoutOthers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOthers);
  if (!isSchema(value)) return value;
  const all: Schema = {};
  for (const [key, one] of Object.entries(value)) {
    // Values, which only look like schemas.
    all[key] = ['example', 'examples', 'enum', 'default'].includes(key) ? one : withoutOthers(one);
  }
  const closed = isSchema(all.properties) && all.type === 'object' && !('additionalProperties' in all);
  return closed ? { ...all, additionalProperties: false } : all;
}

/** Which properties of the schemas have come in an answer. */
export class Properties {
  private readonly known = new Set<string>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly document: Schema,
    private readonly fits: (schema: Schema, value: unknown) => boolean,
  ) {}

  /** Goes through an answer that fits its schema. */
  see(schema: Schema, value: unknown, name = ''): void {
    const { $ref, items } = schema;
    if (typeof $ref === 'string') return this.see(this.resolved($ref), value, $ref.split('/').at(-1));
    for (const one of this.parts(schema, value)) this.see(one, value, name);
    if (Array.isArray(value)) {
      if (isSchema(items)) for (const one of value) this.see(items, one, name);
    } else if (isSchema(value)) this.seeProperties(schema, value, name);
  }

  private parts({ anyOf = [], allOf = [] }: Schema, value: unknown): Schema[] {
    return [...(anyOf as Schema[]).filter((one) => this.fits(one, value)), ...(allOf as Schema[])];
  }

  private seeProperties({ properties = {} }: Schema, value: Schema, name: string): void {
    for (const [key, one] of Object.entries(properties as Record<string, Schema>)) {
      const property = `${name}.${key}`;
      this.known.add(property);
      if (!(key in value)) continue;
      this.seen.add(property);
      this.see(one, value[key], property);
    }
  }

  unseen(): string[] {
    return [...this.known].filter((one) => !this.seen.has(one)).sort();
  }

  private resolved(ref: string): Schema {
    return ref
      .slice(2)
      .split('/')
      .reduce<Schema>((at, key) => at[key] as Schema, this.document);
  }
}
