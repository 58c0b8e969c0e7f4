import { SearchColumn } from '@open-cpo/persistence';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

const moment = { type: 'timestamptz', precision: null } as const;
const now = { ...moment, default: () => 'now()' } as const;

/** Someone who serves an owner's power centers. The property names are the columns'. */
@Entity('workers')
@Index('workers_rfid', ['account_id', 'rfid'], { unique: true, where: 'deleted_at IS NULL' })
@Index('workers_cards', ['account_id', 'rfid'])
@Index('workers_deleted_at', ['deleted_at'], { where: 'deleted_at IS NOT NULL AND erased_at IS NULL' })
@Index('workers_newest', { synchronize: false })
@Index('workers_search', { synchronize: false })
export class WorkerEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'text' }) first_name: string;
  @Column({ type: 'text' }) last_name: string;
  @Column({ type: 'text' }) email: string;
  /** In upper case; null for workers from before cards were required. */
  @Column({ type: 'text', nullable: true }) rfid: string | null;
  @Column({ type: 'date', nullable: true }) expire_at: string | null;
  @Column(now) created_at: Date;
  @Column(now) updated_at: Date;
  /** Gone for the owner; the history of their cash stays. */
  @Column({ ...moment, nullable: true }) deleted_at: Date | null;
  /** When the personal data was erased. */
  @Column({ ...moment, nullable: true }) erased_at: Date | null;
  @SearchColumn() readonly search_text?: string;
}
