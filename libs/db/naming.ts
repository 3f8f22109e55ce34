import { DefaultNamingStrategy } from 'typeorm';

/** `ownerId` → `owner_id`. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Tables and columns in snake_case, properties in camelCase; a name given in the decorator wins. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(className.replace(/Entity$/, ''));
  }

  override columnName(propertyName: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(propertyName);
  }
}
