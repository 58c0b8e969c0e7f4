import type { Category } from '@open-cpo/contracts';
import type { CategoryEntity } from './category.entity';

export const categoryView = ({ id, type, name, color }: CategoryEntity): Category => ({ id, type, name, color });
