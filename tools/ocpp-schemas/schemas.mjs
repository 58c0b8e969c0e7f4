// Prints the JSON schemas of OCPP 1.6 as the library keeps them: definitions once, one schema for each request and response.
// They are those of the Open Charge Alliance as the package typed-ocpp publishes them.
import { OCPP16 } from 'typed-ocpp';

const { schemas } = OCPP16;
const names = Object.keys(schemas).sort();
const definitions = schemas[names[0]].definitions;
const plain = names.map((name) => {
  const { definitions: _, title: __, ...schema } = schemas[name];
  return [name, schema];
});
process.stdout.write(JSON.stringify({ definitions, messages: Object.fromEntries(plain) }));
