import { Module } from '@nestjs/common';
import { Board } from './board';
import { BoardServer } from './board-server';

@Module({ providers: [Board, BoardServer] })
export class BoardModule {}
