import { Injectable } from '@nestjs/common';
import { columns, sql } from '#db';
import { DepartmentEntity, type DepartmentRow } from './department.entity.js';
import { NamedRepository } from './named.repository.js';

@Injectable()
export class DepartmentRepository extends NamedRepository<DepartmentRow> {
  constructor() {
    super(sql`department`, columns(DepartmentEntity, 'n'));
  }
}
