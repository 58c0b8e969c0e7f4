import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = `/* eslint-disable -- written by "npm run openapi" from openapi.json with openapi-typescript */

`;

/** The types of the client library, by the OpenAPI document alone. */
export async function clientTypes(document: string): Promise<string> {
  return HEADER + astToString(await openapiTS(JSON.parse(document) as Parameters<typeof openapiTS>[0]));
}
