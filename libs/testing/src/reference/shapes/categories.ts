import { format, id, object, text } from '../shape';

/** A category; the server picks the colour. */
export const category = object({ id, type: text, name: text, color: format('colour') });
