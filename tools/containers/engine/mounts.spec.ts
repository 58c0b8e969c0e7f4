import { mountsBelow } from './mounts';

describe('mounts below a folder', () => {
  it('are told with those first that are on others', () => {
    const mounts = `/dev/vda / ext4 rw 0 0
/dev/vda /made/store/overlay ext4 rw 0 0
overlay /made/store/overlay/1a/merged overlay rw 0 0
tmpfs /made\\040elsewhere tmpfs rw 0 0
tmpfs /madeup tmpfs rw 0 0
`;
    expect(mountsBelow('/made', mounts)).toEqual(['/made/store/overlay/1a/merged', '/made/store/overlay']);
    expect(mountsBelow('/elsewhere', mounts)).toEqual([]);
  });
});
