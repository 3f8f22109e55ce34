import { DefaultNamingStrategy } from 'typeorm';

/** `ownerId` → `owner_id`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Tables and columns are snake_case, properties camelCase. A name in the decorator takes precedence. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(className.replace(/Entity$/, ''));
  }

  override columnName(propertyName: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(propertyName);
  }
}
