import { ExportsModule } from '@open-cpo/persistence';
import { PersonalDataExport } from './personal-data.export';

/** Exports of what is held of a user. One object, as the module is asked for twice. */
export const personalDataModule = ExportsModule.forRoot({ 'personal-data': PersonalDataExport });
