import { SearchColumn } from '@open-cpo/persistence';
import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** An owner's own division of their sites or power centers. */
@Entity('categories')
@Index('categories_newest', { synchronize: false })
@Index('categories_search', { synchronize: false })
export class CategoryEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column({ name: 'account_id', type: 'integer' })
  accountId: number;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text' })
  name: string;

  /** Given once and kept. */
  @Column({ type: 'text', update: false })
  color: string;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: null, default: () => 'now()' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz', precision: null, default: () => 'now()' })
  updatedAt: Date;

  @SearchColumn()
  readonly searchText?: string;
}
