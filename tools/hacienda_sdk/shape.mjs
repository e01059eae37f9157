// From the body that the SDK writes (v4.3's) to the one that v4.4 asks for.
// Every figure stays the SDK's; names, places and order change, and what v4.4 adds is added.
// Source: costa-rica.md 3.1, 3.3 to 3.5; trap 10 of section 10.

import { XMLParser } from "fast-xml-parser";

const MANY = new Set(
  "LineaDetalle Impuesto Descuento InformacionReferencia OtroCargo MedioPago".split(" "),
);
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => MANY.has(name) });
const COMMERCIAL_DISCOUNT = "07";
const LAW_EXEMPTS = "01"; // NombreInstitucion is a code in v4.4: 01, Ministerio de Hacienda

/** The document's elements by name, in order; texts as they are written. */
export function read(xml) {
  const { "?xml": _, ...roots } = parser.parse(xml);
  return Object.entries(roots)[0];
}

/** Without what is not there. */
function whole(tree) {
  return Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined));
}

/** The body of v4.4 with the SDK's figures. */
export function reshaped(kind, old, provider) {
  const isReceipt = kind === "ReciboElectronicoPago";
  const lines = old.DetalleServicio.LineaDetalle;
  return whole({
    Clave: old.Clave,
    ProveedorSistemas: provider,
    CodigoActividadEmisor: isReceipt ? undefined : old.CodigoActividad,
    NumeroConsecutivo: old.NumeroConsecutivo,
    FechaEmision: old.FechaEmision,
    Emisor: party(old.Emisor, isReceipt),
    Receptor: old.Receptor && party(old.Receptor, isReceipt),
    CondicionVenta: old.CondicionVenta,
    PlazoCredito: old.PlazoCredito,
    DetalleServicio: { LineaDetalle: lines.map(isReceipt ? receiptLine : line) },
    OtrosCargos: old.OtrosCargos?.OtroCargo.map(charge),
    ResumenFactura: summary(old, lines, isReceipt),
    InformacionReferencia: old.InformacionReferencia?.map(reference),
  });
}

function party({ Nombre, Identificacion, ...others }, isReceipt) {
  const { CorreoElectronico } = others;
  return isReceipt
    ? whole({ Nombre, Identificacion, CorreoElectronico })
    : { Nombre, Identificacion, ...others };
}

function line({ Codigo, Descuento, Impuesto, NumeroLinea, ...others }) {
  const { SubTotal, BaseImponible, ImpuestoNeto, MontoTotalLinea, ...head } = others;
  return whole({
    NumeroLinea,
    CodigoCABYS: Codigo,
    ...head,
    Descuento: Descuento?.map(({ MontoDescuento, NaturalezaDescuento }) => ({
      MontoDescuento,
      CodigoDescuento: COMMERCIAL_DISCOUNT,
      NaturalezaDescuento,
    })),
    SubTotal,
    BaseImponible,
    Impuesto: Impuesto?.map(tax),
    ImpuestoAsumidoEmisorFabrica: "0",
    ImpuestoNeto,
    MontoTotalLinea,
  });
}

function receiptLine({ NumeroLinea, Detalle, MontoTotal, SubTotal, ...others }) {
  const { Impuesto, ImpuestoNeto, MontoTotalLinea } = others;
  const taxes = Impuesto.map(tax);
  return {
    NumeroLinea,
    Detalle,
    MontoTotal,
    SubTotal,
    Impuesto: taxes,
    ImpuestoNeto,
    MontoTotalLinea,
  };
}

function tax({ Codigo, CodigoTarifa, Tarifa, Monto, Exoneracion: old }) {
  return whole({
    Codigo,
    CodigoTarifaIVA: CodigoTarifa,
    Tarifa,
    Monto,
    Exoneracion: old && {
      TipoDocumentoEX1: old.TipoDocumento,
      NumeroDocumento: old.NumeroDocumento,
      NombreInstitucion: LAW_EXEMPTS,
      FechaEmisionEX: old.FechaEmision,
      // v4.3 has a share of the tax in percent, v4.4 points of the tariff
      TarifaExonerada: String((Number(old.PorcentajeExoneracion) * Number(Tarifa)) / 100),
      MontoExoneracion: old.MontoExoneracion,
    },
  });
}

function charge({ TipoDocumento, Detalle, Porcentaje, MontoOtroCargo }) {
  return whole({
    TipoDocumentoOC: TipoDocumento,
    Detalle,
    PorcentajeOC: Porcentaje,
    MontoCargo: MontoOtroCargo,
  });
}

function summary({ ResumenFactura: old, MedioPago }, lines, isReceipt) {
  const { CodigoTipoMoneda, TotalVenta, TotalVentaNeta, ...others } = old;
  const { TotalImpuesto, TotalOtrosCargos, TotalDescuentos, TotalComprobante, ...classes } = others;
  return whole({
    CodigoTipoMoneda,
    ...(isReceipt ? {} : classes),
    TotalVenta,
    TotalDescuentos: isReceipt ? undefined : TotalDescuentos,
    TotalVentaNeta,
    TotalDesgloseImpuesto: breakdown(lines),
    TotalImpuesto,
    TotalOtrosCargos,
    MedioPago: MedioPago.map((TipoMedioPago) => ({
      TipoMedioPago,
      TotalMedioPago: TotalComprobante,
    })),
    TotalComprobante,
  });
}

/** What is charged of each tax at each tariff. */
function breakdown(lines) {
  const sums = new Map();
  for (const one of lines.flatMap((found) => found.Impuesto ?? [])) {
    const charged = Number(one.Monto) - Number(one.Exoneracion?.MontoExoneracion ?? 0);
    const key = JSON.stringify(whole({ Codigo: one.Codigo, CodigoTarifaIVA: one.CodigoTarifa }));
    sums.set(key, (sums.get(key) ?? 0) + charged);
  }
  return [...sums].map(([key, sum]) => ({
    ...JSON.parse(key),
    TotalMontoImpuesto: sum.toFixed(5),
  }));
}

function reference({ TipoDoc, Numero, FechaEmision, Codigo, Razon }) {
  return { TipoDocIR: TipoDoc, Numero, FechaEmisionIR: FechaEmision, Codigo, Razon };
}
