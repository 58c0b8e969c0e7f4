import { ApiProperty, OmitType } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { nothing, operations, read, strings, write } from '../core/operation';
import { Choice, ContactNumber, Ref, Text } from '../fields';
import { AuthUser, PASSWORD_LENGTH } from './accounts';
import { Country } from './countries';

export class City {
  @ApiProperty({ example: 7 }) id: number;
  @ApiProperty({ example: 'Oran' }) name: string;
  @ApiProperty({ example: 195 }) country_id: number;
}

/** Where an account is; only its country is known. */
export class UserLocation {
  @ApiProperty({ type: Country }) country: Country;
  @ApiProperty({ type: City, nullable: true }) city: City | null;
  @ApiProperty({ nullable: true, type: String }) latitude: string | null;
  @ApiProperty({ nullable: true, type: String }) longitude: string | null;
  @ApiProperty({ nullable: true, type: String }) address: string | null;
}

/** The caller's own data. */
export class OwnUser extends OmitType(AuthUser, ['access_token'] as const) {
  /** 1 customer, 2 distributor. */
  @ApiProperty({ example: 1, enum: [1, 2] }) user_type: number;
  @ApiProperty({ example: 'DZD', nullable: true, type: String }) currency_iso: string | null;
  /** The country whose currency it is, when the account's own or only one is. */
  @ApiProperty({ example: 195, nullable: true, type: Number }) currency_country_id: number | null;
  @ApiProperty({ type: UserLocation, nullable: true }) location: UserLocation | null;
}

export class Subscription {
  @ApiProperty({ example: true }) isSubscribed: boolean;
  @ApiProperty({ type: [String] }) subscriptionFeatures: string[];
  @ApiProperty({ format: 'date', nullable: true, type: String }) subscriptionEnds: string | null;
}

/** What is absent stays. Country and currency are the account's and take the permission `account.update`. */
export class UpdateUser {
  @Text({ presence: 'filled', example: 'Amina' }) first_name?: string;
  @Text({ presence: 'filled', example: 'Haddad' }) last_name?: string;
  @ContactNumber() contact_number?: string | null;
  @Ref({ presence: 'filled', example: 195 }) country_id?: number;
  /** ISO 4217. */
  @Text({ presence: 'filled', max: 3, example: 'DZD' }) currency?: string;
  /** Language of e-mails that no request in a language caused. */
  @Choice(['en', 'ar'], { presence: 'filled' }) language?: 'en' | 'ar';
}

export class ChangePassword {
  @Text({ presence: 'required', raw: true, max: 1024, example: 'Charge-2026!' }) old_password: string;
  @Text({ presence: 'required', raw: true, ...PASSWORD_LENGTH, example: 'Charge-2027!' }) password: string;
  /** Checked when it is sent. */
  @Text({ raw: true, max: 1024 }) password_confirmation?: string | null;
}

/** What a user does with their own data. */
export const users = operations('auth.users', {
  me: read(Nothing, OwnUser),
  permissions: read(Nothing, strings),
  roles: read(Nothing, strings),
  /** One month more, or nothing while a subscription is active. */
  subscribe: write(Nothing, Subscription, { audit: 'accounts.subscribe' }),
  unsubscribe: write(Nothing, Subscription, { audit: 'accounts.unsubscribe' }),
  update: write(UpdateUser, OwnUser, { audit: ['users.update', 'accounts.update'] }),
  /** Ends all other tokens of the user. */
  changePassword: write(ChangePassword, nothing, { audit: 'users.change-password' }),
});
