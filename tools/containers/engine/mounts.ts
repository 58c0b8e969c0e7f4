/** Places below a folder on which something is mounted, by `/proc/mounts`; what is mounted on others comes first. */
export function mountsBelow(folder: string, mounts: string): string[] {
  const places = mounts.split('\n').map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '));
  return places.filter((place) => place.startsWith(`${folder}/`)).reverse();
}
