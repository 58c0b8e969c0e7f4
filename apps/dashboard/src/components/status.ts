const COLORS: Readonly<Record<string, string>> = {
  available: 'success',
  busy: 'info',
  booked: 'warning',
  unavailable: 'error',
  active: 'success',
  finished: 'success',
  paied: 'success',
  paid: 'success',
  delivered: 'success',
  completed: 'success',
  connected: 'success',
  failed: 'error',
  disabled: 'error',
  reversed: 'error',
  disconnected: 'error',
  paused: 'warning',
  pending: 'warning',
  invited: 'warning',
  open: 'info',
};

/** The theme's colour of a status; the text beside it says the same. */
export const statusColor = (status: string): string => COLORS[status] ?? 'secondary';
