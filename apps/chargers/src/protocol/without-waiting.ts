/**
 * Part of what a statement returns: its own commit does not wait for the disk, so that it may be lost when PostgreSQL crashes.
 * Never within a transaction, whose commit it would be.
 */
export const WITHOUT_WAITING = `set_config('synchronous_commit', 'off', true)`;
