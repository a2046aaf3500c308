// Does an answer have the shape that its document and the schema promise?
'use strict';

const graphql = require('graphql');

const SCALARS = {
  ID: (value) => typeof value === 'string' && value.startsWith('gid://shopify/'),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1,
  Float: (value) => typeof value === 'number',
  Decimal: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  UnsignedInt64: (value) => typeof value === 'string' && /^\d+$/.test(value),
  DateTime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
  URL: (value) => typeof value === 'string' && /^https?:\/\//.test(value),
};

class Conformance {
  /** @param fragments name -> fragment definition */
  constructor(schema, fragments) {
    this.schema = schema;
    this.fragments = fragments;
    this.values = 0;
    this.faults = [];
  }

  fault(path, text) {
    if (this.faults.length < 20) this.faults.push(`${path.join('.')}: ${text}`);
  }

  value(type, value, selectionSet, path) {
    this.values += 1;
    if (graphql.isNonNullType(type)) {
      if (value === null || value === undefined) return this.fault(path, `null where ${type} forbids it`);
      return this.value(type.ofType, value, selectionSet, path);
    }
    if (value === null) return undefined;
    if (graphql.isListType(type)) {
      if (!Array.isArray(value)) return this.fault(path, `no list for ${type}`);
      return value.forEach((item, index) => this.value(type.ofType, item, selectionSet, [...path, index]));
    }
    if (graphql.isEnumType(type)) {
      if (!type.getValue(value)) this.fault(path, `${JSON.stringify(value)} is no ${type}`);
      return undefined;
    }
    if (graphql.isScalarType(type)) {
      const fits = SCALARS[type.name];
      if (!fits) this.fault(path, `no check for the scalar ${type}`);
      else if (!fits(value)) this.fault(path, `${JSON.stringify(value)} is no ${type}`);
      return undefined;
    }
    return this.object(type, value, selectionSet, path);
  }

  object(declared, value, selectionSet, path) {
    if (typeof value !== 'object' || Array.isArray(value)) return this.fault(path, `no object for ${declared}`);
    const type = this.concrete(declared, value, path);
    const fields = new Map();
    this.collect(selectionSet, type, fields);
    const wanted = [...fields.keys()].join(' ');
    const given = Object.keys(value).join(' ');
    if (wanted !== given) this.fault(path, `asked for (${wanted}), got (${given})`);
    for (const [key, selections] of fields) {
      if (!(key in value)) continue;
      const name = selections[0].name.value;
      if (name === '__typename') {
        this.values += 1;
        if (value[key] !== type.name) this.fault([...path, key], `${value[key]} is not ${type}`);
        continue;
      }
      const merged = { kind: 'SelectionSet', selections: selections.flatMap((one) => one.selectionSet?.selections ?? []) };
      this.value(type.getFields()[name].type, value[key], merged, [...path, key]);
    }
    return undefined;
  }

  /** The object type behind an interface or union, by `__typename` or because there is only one. */
  concrete(declared, value, path) {
    if (!graphql.isAbstractType(declared)) return declared;
    const possible = this.schema.getPossibleTypes(declared);
    if (value.__typename === undefined) return possible.length === 1 || graphql.isUnionType(declared) ? possible[0] : declared;
    const named = possible.find((type) => type.name === value.__typename);
    if (!named) this.fault(path, `${value.__typename} can't stand for ${declared}`);
    return named ?? declared;
  }

  collect(selectionSet, type, fields) {
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'Field') {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const part = selection.kind === 'InlineFragment' ? selection : this.fragments.get(selection.name.value);
      const condition = part.typeCondition ? this.schema.getType(part.typeCondition.name.value) : type;
      if (condition === type || (graphql.isAbstractType(condition) && this.schema.isSubType(condition, type)))
        this.collect(part.selectionSet, type, fields);
    }
  }
}

/** @return {values, faults} of one answer's `data` */
function checkAnswer(schema, text, data) {
  const document = graphql.parse(text);
  const fragments = new Map(document.definitions.filter((one) => one.kind === 'FragmentDefinition').map((one) => [one.name.value, one]));
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  const conformance = new Conformance(schema, fragments);
  conformance.value(new graphql.GraphQLNonNull(root), data ?? null, operation.selectionSet, ['data']);
  return conformance;
}

/** Checks one line of a bulk result: the node of its type in the inner query, without its connections. */
function checkBulkLine(schema, text, line) {
  const conformance = new Conformance(schema, new Map());
  const { __parentId: parent, ...node } = line;
  const typeName = /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(node.id)?.[1];
  const typeInfo = new graphql.TypeInfo(schema);
  let selections;
  graphql.visit(graphql.parse(text), graphql.visitWithTypeInfo(typeInfo, {
    Field(field) {
      if (field.name.value === 'node' && graphql.getNamedType(typeInfo.getType()).name === typeName)
        selections = field.selectionSet.selections;
    },
  }));
  if (!selections) {
    conformance.fault([typeName], 'no node of that type was asked for');
    return conformance;
  }
  const type = schema.getType(typeName);
  const own = selections.filter((one) => !graphql.getNamedType(type.getFields()[one.name.value].type).name.endsWith('Connection'));
  conformance.object(type, node, { kind: 'SelectionSet', selections: own }, [typeName]);
  if (parent !== undefined && !SCALARS.ID(parent)) conformance.fault([typeName], 'a parent that is no id');
  return conformance;
}

module.exports = { checkAnswer, checkBulkLine };
