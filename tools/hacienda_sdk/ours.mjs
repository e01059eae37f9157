// A factura of v4.4 as the SDK's validator and calculator are told it.

const LIST = (found) => (found === undefined ? [] : [found].flat());
const NUMBER = (text) => Number(text ?? 0);
const FIRST_SERVICE = "5"; // CABYS: from here on services

/** The SDK's input that says what this factura says. */
export function inputOf(tree) {
  return {
    clave: tree.Clave,
    codigoActividad: tree.CodigoActividadEmisor,
    numeroConsecutivo: tree.NumeroConsecutivo,
    fechaEmision: tree.FechaEmision,
    emisor: party(tree.Emisor),
    receptor: party(tree.Receptor),
    condicionVenta: tree.CondicionVenta,
    ...(tree.PlazoCredito ? { plazoCredito: tree.PlazoCredito } : {}),
    medioPago: LIST(tree.ResumenFactura.MedioPago).map(({ TipoMedioPago }) => TipoMedioPago),
    detalleServicio: tree.DetalleServicio.LineaDetalle.map(line),
    resumenFactura: summary(tree.ResumenFactura),
  };
}

function party({ Nombre, Identificacion, CorreoElectronico }) {
  return {
    nombre: Nombre,
    identificacion: { tipo: Identificacion.Tipo, numero: Identificacion.Numero },
    ...(CorreoElectronico ? { correoElectronico: LIST(CorreoElectronico)[0] } : {}),
  };
}

function line(one) {
  const discounts = LIST(one.Descuento).map((each) => ({
    montoDescuento: NUMBER(each.MontoDescuento),
    naturalezaDescuento: each.NaturalezaDescuento ?? each.CodigoDescuento,
  }));
  return {
    numeroLinea: NUMBER(one.NumeroLinea),
    codigoCabys: one.CodigoCABYS,
    esServicio: one.CodigoCABYS >= FIRST_SERVICE,
    cantidad: NUMBER(one.Cantidad),
    unidadMedida: one.UnidadMedida,
    detalle: one.Detalle,
    precioUnitario: NUMBER(one.PrecioUnitario),
    montoTotal: NUMBER(one.MontoTotal),
    ...(discounts.length > 0 ? { descuento: discounts } : {}),
    subTotal: NUMBER(one.SubTotal),
    baseImponible: NUMBER(one.BaseImponible),
    impuesto: one.Impuesto.map(tax),
    impuestoNeto: NUMBER(one.ImpuestoNeto),
    montoTotalLinea: NUMBER(one.MontoTotalLinea),
  };
}

function tax({ Codigo, CodigoTarifaIVA, Tarifa, Monto, Exoneracion }) {
  return {
    codigo: Codigo,
    codigoTarifa: CodigoTarifaIVA,
    tarifa: NUMBER(Tarifa),
    monto: NUMBER(Monto),
    ...(Exoneracion ? { exoneracion: exoneration(Exoneracion, NUMBER(Tarifa)) } : {}),
  };
}

function exoneration(one, rate) {
  return {
    tipoDocumento: one.TipoDocumentoEX1,
    numeroDocumento: one.NumeroDocumento,
    nombreInstitucion: one.NombreInstitucion,
    fechaEmision: one.FechaEmisionEX,
    porcentajeExoneracion: (100 * NUMBER(one.TarifaExonerada)) / rate,
    montoExoneracion: NUMBER(one.MontoExoneracion),
  };
}

function summary({ CodigoTipoMoneda, MedioPago, TotalDesgloseImpuesto, ...totals }) {
  const { CodigoMoneda, TipoCambio } = CodigoTipoMoneda;
  const named = Object.entries(totals).map(([name, text]) => [
    name[0].toLowerCase() + name.slice(1),
    NUMBER(text),
  ]);
  return {
    codigoTipoMoneda: { codigoMoneda: CodigoMoneda, tipoCambio: NUMBER(TipoCambio) },
    ...Object.fromEntries(named),
  };
}
