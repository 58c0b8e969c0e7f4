import { builtSteps } from './build-log';

describe('the output of a build', () => {
  it('tells which instructions were done and which were not', () => {
    const output = `[1/2] STEP 1/2: FROM node:24 AS production
[1/2] STEP 2/2: RUN --mount=type=cache     npm ci --omit=dev
--> Using cache 31aee9451a51
--> 31aee9451a5
[2/2] STEP 1/2: COPY apps apps
--> 4f9b7b8e7a3
[2/2] STEP 2/2: RUN node_modules/.bin/swc apps

Successfully compiled: 800 files
--> 46750f47944
Successfully tagged localhost/open-cpo/auth:latest
`;
    expect(builtSteps(output)).toEqual([
      { instruction: 'FROM node:24 AS production', cached: false },
      { instruction: 'RUN --mount=type=cache     npm ci --omit=dev', cached: true },
      { instruction: 'COPY apps apps', cached: false },
      { instruction: 'RUN node_modules/.bin/swc apps', cached: false },
    ]);
  });

  it('may tell nothing', () => {
    expect(builtSteps('Error: no such file')).toEqual([]);
  });
});
