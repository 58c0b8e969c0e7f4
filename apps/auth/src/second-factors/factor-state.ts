/** What a user has by way of second factors. */
export interface FactorState {
  /** When the authenticator app was set up. */
  readonly totpSince: Date | null;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
  /** Whether the account requires one. */
  readonly required: boolean;
}

/** Recovery codes alone are none. */
export const hasFactor = ({ totpSince, passkeys }: FactorState): boolean => totpSince !== null || passkeys > 0;
