import { Injectable } from '@nestjs/common';
import { columns, sql } from '#db';
import { LocationEntity, type LocationRow } from './location.entity.js';
import { NamedRepository } from './named.repository.js';

@Injectable()
export class LocationRepository extends NamedRepository<LocationRow> {
  constructor() {
    super(sql`location`, columns(LocationEntity, 'n'));
  }
}
