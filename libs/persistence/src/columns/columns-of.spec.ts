import { Column, Entity, ManyToOne, PrimaryColumn } from 'typeorm';
import { columnsBut, columnsOf, type RowOf } from './columns-of';

@Entity('things')
class Thing {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'integer', name: 'account_id' }) accountId: number;
  @ManyToOne(() => Thing) parent?: Thing;
}

describe('the columns of an entity', () => {
  it('are a select list with the names of the properties, and the type of its rows', () => {
    const list = columnsOf(Thing, 't', 'accountId id');
    const row: RowOf<typeof list> = { id: 1, accountId: 2 };
    expect(`select ${list} from things t`).toBe('select t.account_id as "accountId", t.id from things t');
    expect(Object.keys(row)).toHaveLength(2);
  });

  it('come in the order of their declaration, but for some', () => {
    expect(columnsBut(Thing, 't', 'accountId parent')).toBe('t.id');
  });

  it('do not contain what is no column', () => {
    expect(() => columnsOf(Thing, 't', 'parent')).toThrow('no column parent');
    // @ts-expect-error -- no property either
    expect(() => columnsOf(Thing, 't', 'id else')).toThrow('no column else');
  });
});
