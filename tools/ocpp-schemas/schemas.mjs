// Prints the JSON schemas of OCPP 1.6, or of the version that is given (2.0.1), as the library keeps them: definitions once, one
// schema for each request and response, without descriptions. They are those of the Open Charge Alliance as the package
// typed-ocpp publishes them.
import { OCPP16, OCPP20 } from 'typed-ocpp';

const VERSIONS = { 1.6: OCPP16, '2.0.1': OCPP20 };
const { schemas } = VERSIONS[process.argv[2] ?? '1.6'];

/** A property may be called `description`; then its schema is an object. */
const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, one]) => key !== 'description' || typeof one !== 'string');
  return Object.fromEntries(kept.map(([key, one]) => [key, plain(one)]));
};

const all = {};
const messages = {};
for (const name of Object.keys(schemas).sort()) {
  const { definitions = {}, title: _, ...schema } = schemas[name];
  Object.assign(all, definitions);
  messages[name] = schema;
}
process.stdout.write(JSON.stringify(plain({ definitions: all, messages })));
