/** The environment of this process; nothing else reads `process.env`. */
export const environment = (): NodeJS.ProcessEnv => process.env;
