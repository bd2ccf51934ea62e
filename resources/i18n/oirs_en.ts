<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="es_CL">
<context>
    <name></name>
    <message>
        <source>Se entregó</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Institución</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>Responder y cerrar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Respuestas listas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usadas hace poco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF, JPG o PNG, hasta 10 MB cada uno y 25 MB por caso. También puede arrastrarlos o pegarlos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se guarda una copia reducida en grises, no el original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adjuntar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elegir otro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detener</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todavía se lee un documento. Espere un momento o deténgalo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso quedó guardado. Falta un documento: adjúntelo desde el caso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Llegó del escáner: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Llegaron {n} archivos del escáner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imagen pegada.png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ayuda</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>Preferencias</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <source>Ayuda de la pantalla</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atender a una persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si algo no anda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palabras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Folio, RUN, nombre o palabras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar caso</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <source>Casos encontrados</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buscar un caso</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <source>Los {n} casos más nuevos. Escriba más para acotar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, del más nuevo al más antiguo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>caso</source>
        <translation>case</translation>
    </message>
    <message>
        <source>casos</source>
        <translation>cases</translation>
    </message>
    <message>
        <source>¿Por qué esta fecha?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ocultar la cuenta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>representada por {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Responder {how}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ingresó {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ingresó {moment}, fecha declarada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when}. Para el plazo cuenta desde {legal}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Historia del caso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caso</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>Ese caso no está en este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Búsquelo por folio con F3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba parte del nombre, o la ruta completa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archivos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Carpeta {name}. Enter elige, flechas mueven, Esc cierra.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hay {count} más: escriba parte del nombre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>carpeta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recién escaneado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El libro del día se envió a la impresora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El libro del día quedó guardado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay impresora elegida.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El libro del día quedó guardado, pero no se imprimió.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revise la impresora y el papel; Enter lo intenta otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El libro del día espera en la impresora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revise que esté encendida y con papel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cabe en papel de rollo: imprímalo en otra impresora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay espacio en el disco para el libro del día.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Los casos están guardados. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver borradores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver envío</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cerrar el día</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Día anterior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Día siguiente</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese día aún no llega.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cierre del día</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cierre de otro día</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cerrar otra vez</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparando el libro del día…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprobante</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>Ver cómo se contó</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imprimir</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>Otra copia</source>
        <translation>Another copy</translation>
    </message>
    <message>
        <source>Atender a otra persona</source>
        <translation>Serve another person</translation>
    </message>
    <message>
        <source>Ver el caso</source>
        <translation>See the case</translation>
    </message>
    <message>
        <source>Folio: {spoken}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diga: {spoken}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clave de seguimiento: {clave}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caso guardado a las {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparando el comprobante…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enviando a la impresora…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No salió en papel el folio {folio}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copia {n}. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ya se envió. Para entregar otra, pulse F9: Otra copia.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se respondió en el mesón.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin fecha prometida.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Respuesta a más tardar el {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reabrir</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>Dos correcciones no coinciden: {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dos personas lo corrigieron sin verse. Compare y elija; nada se perdió.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar este valor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usar este valor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo escribió {name}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todavía no hay comprobantes de este mesón.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter guarda, Esc lo deja para después</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relato</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Motivo de la corrección</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comuna</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>materia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(en blanco)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cómo responder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (espera decisión)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En la oficina</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gobierno en Terreno</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por teléfono</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por carta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por correo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lugar y fecha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lugar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Localidad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Día, si no es hoy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por ejemplo: 24-11-2026</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hora de ese día</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por ejemplo: 10:30</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ahora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lugar y fecha: {place}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se anota como «ingresado después».</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Los plazos cuentan desde {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba el día así: 24-11-2026.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba la hora así: 10:30.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese momento aún no llega. Revise el día y la hora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este equipo aún no ha logrado enviar nada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El último envío fue {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todo está entregado. {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay nada por enviar. {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Más de 200 casos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{waiting} por enviar{oldest}; {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; espera {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; el más antiguo espera {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minuto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minutos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>atrasado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adelantado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El reloj de este equipo va {minutes} {way}. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Envío de datos</source>
        <translation>Data sending</translation>
    </message>
    <message>
        <source>Probar ahora</source>
        <translation>Try now</translation>
    </message>
    <message>
        <source>Casos por enviar</source>
        <translation>Cases to be sent</translation>
    </message>
    <message>
        <source>Intentando enviar…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puede seguir atendiendo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin preguntar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefiere no decirlo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fecha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nacionalidad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por ejemplo: 14-03-1993, o «prefiere»</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fecha de nacimiento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nacionalidad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Género</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pueblo originario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discapacidad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Datos estadísticos. Puede no responder; nada de esto sale en el papel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tramo: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba la fecha así: 14-03-1993.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elija el país de la lista.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} (opcional)</source>
        <translation>{label} (optional)</translation>
    </message>
    <message>
        <source>Largo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Personas</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Casos</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>Sin nombre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; el último, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registrar</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Vaciar</source>
        <translation>Empty</translation>
    </message>
    <message>
        <source>Dejar en espera</source>
        <translation>Put on hold</translation>
    </message>
    <message>
        <source>Lo que escriba se guarda solo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borrador guardado {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borrador sin guardar: siga, está en pantalla.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ya hay cinco atenciones en espera. Termine o descarte una antes de dejar otra.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se vació el formulario.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OIRS - Mesón de atención</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abriendo el mesón…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ahora atiende {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presione F2 (Nueva), o haga clic en ese botón.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bien hecho: el caso tiene folio y comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ahora búsquelo con F3, respóndalo con F6 y al final cierre el día con F12.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba el RUN {run} y presione Enter: es alguien que ya vino.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Materia: escriba «subsidio», elija con las flechas y presione Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vaya con Tab a Relato, escriba qué pide la persona y presione Tab.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vaya con Tab a Respuesta y escriba lo que usted le dijo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Termine de escribir y presione Ctrl+Enter para registrar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar la práctica</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} de {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terminar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nueva</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Pendientes</source>
        <translation>Pending</translation>
    </message>
    <message>
        <source>Reimprimir</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>Cierre</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Envío</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>Inicio</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Inicio: volver al mesón</source>
        <translation>Home: back to the counter</translation>
    </message>
    <message>
        <source>CAPACITACIÓN</source>
        <translation>TRAINING</translation>
    </message>
    <message>
        <source>Quién atiende</source>
        <translation>Who serves</translation>
    </message>
    <message>
        <source>{weekday} {day} de {month} de {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weekday} {day} de {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ayer {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El comprobante está guardado en PDF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter lo imprime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El comprobante se envió a la impresora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El comprobante quedó guardado en PDF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay impresora: ábralo con Alt+P, o dicte folio y clave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso quedó guardado, pero no se imprimió.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revise la impresora y el papel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El comprobante espera en la impresora.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso quedó guardado, pero no su comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Libere espacio e imprima después.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay impresora en este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abra el PDF: desde ahí puede imprimirlo o guardarlo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impresora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archivo {name}, en la carpeta {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este equipo no tiene con qué abrir PDF. El archivo está donde se indica.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La que usa el equipo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (no está)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desde ahora se imprime en {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La impresora vale por hoy: no se pudo anotar en los ajustes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anónimo</source>
        <translation>Anonymous</translation>
    </message>
    <message>
        <source>Venció {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vence {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>el {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Necesita revisión</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por enviar</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>Vencidos</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>Vencen hoy</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>Esta semana</source>
        <translation>This week</translation>
    </message>
    <message>
        <source>Después o sin fecha</source>
        <translation>Later or no date</translation>
    </message>
    <message>
        <source>Sin enviar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escanee la cédula o escriba RUN, folio o nombre</source>
        <translation>Scan the ID card, or type RUN, folio or name</translation>
    </message>
    <message>
        <source>¿Qué necesita? Escanee la cédula o escriba RUN, folio o nombre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mesón</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>Resultados</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>¿A quién atiende?</source>
        <translation>Whom are you serving?</translation>
    </message>
    <message>
        <source>¿Primera vez? Practique una atención</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Últimas atenciones</source>
        <translation>Latest attentions</translation>
    </message>
    <message>
        <source>Escriba el RUN de la persona y pulse Enter, o pulse F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todavía no hay atenciones en este mesón.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Algo no resultó.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Código: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba el RUN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba el RUN con su dígito, por ejemplo 12.345.678-5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese número no es de un RUN. Revise las cifras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El dígito verificador no corresponde. Revise el RUN con la persona.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese folio tiene un símbolo cambiado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare con el comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eso no parece un folio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Un folio tiene 12 símbolos, por ejemplo 8K6-A2RT-0042-Y.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falta {field}.</source>
        <translation>Missing: {field}.</translation>
    </message>
    <message>
        <source>Acorte {field}: usa {length} bytes y caben {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acorte {field}: tiene {length} caracteres y caben {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hay un carácter que no se puede imprimir en {field}, posición {first}. Bórrelo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hay {count} caracteres que no se pueden imprimir en {field}; el primero, en la posición {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conocemos {field} «{value}».</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso está {estado} y no admite eso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sin ingreso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reábralo primero si hace falta seguir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El programa encontró una falla propia, número {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo escrito sigue en pantalla. Intente otra vez y avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La llave de este equipo no abre sus datos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No borre nada. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esa carpeta tiene datos de otro programa.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada se cambió. Elija otra.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>la red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>la nube</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Los datos no pueden estar en una carpeta de {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elija una carpeta de este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Este equipo usó todos sus folios de {year}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso no se guardó; su texto sigue en pantalla. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No se entiende el ajuste «{key}».</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se usa el valor normal. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regla: Ley 21.719, artículo 16 quáter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiene menos de 14 años: sus datos los entrega el adulto que acompaña.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anote el nombre y el RUN de su madre, padre o persona a cargo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiene menos de 16 años: puede atenderse sin compañía.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Su origen o su discapacidad solo se anotan si los entrega su adulto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiene menos de 18 años: puede atenderse sin compañía.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si viene con un adulto, anótelo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En todo el programa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nueva atención</source>
        <translation>New attention</translation>
    </message>
    <message>
        <source>Reimprimir: sale como COPIA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardar lo que está en pantalla</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir lo elegido o pasar al campo siguiente</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasar al campo siguiente</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volver, sin perder lo escrito</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volver al mesón</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deshacer lo recién hecho</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agrandar la letra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Achicar la letra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letra normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver sugerencias para una palabra marcada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En el mesón y la atención</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar en espera; en el mesón, seguir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descartar la que espera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ir a Quién; Alt+2 a Qué; Alt+3 a Cómo termina</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver sus atenciones de antes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Más datos de la persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lugar y fecha de la atención</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir el caso que ya tiene por lo mismo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crear otro caso por lo mismo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retomar la atención que espera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adjuntar un documento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostrar el texto a la persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frases frecuentes, al escribir un texto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practicar una atención, en capacitación</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En el comprobante</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrir el PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver cómo se contó el plazo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En el caso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anotar</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Responder</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Derivar</source>
        <translation>Hand on</translation>
    </message>
    <message>
        <source>Corregir un dato</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cerrar</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Elegir la primera respuesta lista; Alt+2 la segunda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En pendientes y cierre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por tipo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar por quien atendió</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar para después</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>página</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>páginas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cotejado con el original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: cotejado con el original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quitar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quitar {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guardada {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sin materia todavía</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se descartó la atención de {about}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>alguien sin nombre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Atenciones en espera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seguir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descartar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tenía una atención a medias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En espera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retomarla</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tenía una atención a medias: {about}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otra espera: {about}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Y {n} más en el mesón.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sin nombre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tiene casos pendientes. ¡Al día!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Con F2 comienza una atención nueva; con F3 busca un caso ya cerrado.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ningún caso pendiente calza con el filtro.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc quita el filtro.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba para filtrar: nombre, folio, materia</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filtrar los casos pendientes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Casos pendientes</source>
        <translation>Pending cases</translation>
    </message>
    <message>
        <source>Tipo</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Atendió</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>caso abierto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>casos abiertos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} de {whole}. Esc quita el filtro.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}. Letras para filtrar, flechas para elegir, Enter para abrir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Personas de ese nombre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>¿Es una de estas personas? Elíjala con Enter, o siga con Tab.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abrirlo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crear otro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esta persona tiene un caso abierto por lo mismo (folio {folio}, {when}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>de hoy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hace {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>día</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>días</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frases frecuentes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tamaño</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Aspecto</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Sí</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Papel del comprobante</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Carpeta del escáner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Idioma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ortografía</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Espera al centro (segundos)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausa entre intentos (segundos)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detalle del registro técnico</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>la del equipo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Según el equipo</source>
        <translation>As the computer</translation>
    </message>
    <message>
        <source>Claro</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Oscuro</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Alto contraste</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>carta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rollo de 80 mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>todo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>solo fallas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marcar palabras dudosas</source>
        <translation>Mark doubtful words</translation>
    </message>
    <message>
        <source>Pantalla</source>
        <translation>Screen</translation>
    </message>
    <message>
        <source>Ctrl y + agranda, Ctrl y - achica, Ctrl y 0 vuelve al 100 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subraya lo que no está en el diccionario. Nunca cambia el texto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acerca de</source>
        <translation>About</translation>
    </message>
    <message>
        <source>Versión</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Carpeta de datos</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>Archivo de ajustes</source>
        <translation>Settings file</translation>
    </message>
    <message>
        <source>del archivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valor normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sin instalar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comprobante como saldrá en papel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparando el papel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin vista del papel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qué</source>
        <translation>What</translation>
    </message>
    <message>
        <source>institución</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Materia</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>De quién se trata.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>la anterior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↓ {topic}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No está en el catálogo: se guardará «{text}»</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Representante en el mesón (opcional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUN de quien representa (opcional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adulto que acompaña</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUN del adulto (opcional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUT de la empresa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Número</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Razón social</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nombres</source>
        <translation>First names</translation>
    </message>
    <message>
        <source>Puede consultar, reclamar y sugerir sin decir quién es.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Número correcto. Es su primera atención aquí.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>atención antes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>atenciones antes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver {seen}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elija la comuna de la lista.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Para este tipo hace falta saber quién es: elija otro documento.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasaporte</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>Documento extranjero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin documento</source>
        <translation>No document</translation>
    </message>
    <message>
        <source>Empresa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teléfono</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Correo</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Carta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quién</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>Documento</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Cambiar datos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Responder por</source>
        <translation>Answer by</translation>
    </message>
    <message>
        <source>Dirección</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primer apellido</source>
        <translation>First surname</translation>
    </message>
    <message>
        <source>Segundo apellido</source>
        <translation>Second surname</translation>
    </message>
    <message>
        <source>Representante en el mesón</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUN de quien representa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comuna</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Más datos: nombre social, representante, estadística</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nombre social</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se leyó solo una parte de la cédula. Compare el RUN con la persona.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leyendo {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leyendo {name}: página {page} de {pages}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo no es PDF, JPG ni PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guárdelo como PDF y adjúntelo otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo está vacío.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escanéelo otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No se pudo leer ese archivo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revise que siga en su carpeta.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo pesa más de 10 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divídalo o escanéelo con menos calidad.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esa imagen tiene más de 50 megapíxeles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guárdela más chica y adjúntela otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese PDF tiene más de 100 páginas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divídalo en partes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo está dañado y no se adjuntó.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pida otra copia o escanéelo otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese PDF pide una contraseña.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pida una copia sin contraseña, o imprímalo y escanéelo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo lleva otro archivo adentro.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imprímalo y escanéelo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese archivo exige demasiado a este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El documento no se adjuntó.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usted detuvo la lectura.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cabe: un caso admite 20 documentos y 25 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quite otro o déjelo para un caso nuevo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ese documento ya está en el caso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada se repitió.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falta elegir un documento.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+J abre la lista de archivos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Todavía se lee un documento.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Espere un momento o deténgalo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El documento NO se adjuntó: no se pudo escribir en el disco.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Libere espacio e intente otra vez.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El documento no está en este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ábralo en el equipo donde se adjuntó.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El documento guardado está alterado y no se muestra.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sugerencias para {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin sugerencias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dar por buena</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motivo: {motivo}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>un movimiento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se deshizo: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Llegó después del cierre: queda como propuesta y no cambió el caso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo deshizo {who}, {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hora no confiable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se recibió {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nota interna</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se respondió {how}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se derivó {to}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se cerró el caso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se reabrió el caso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se corrigió lo ingresado</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se deshizo un movimiento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin cotejar con el original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se adjuntó {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se hizo la copia {n} del comprobante</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documentos anunciados: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when} (fecha declarada)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estado del equipo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abriendo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} por enviar</source>
        <translation>{count} to be sent</translation>
    </message>
    <message>
        <source>Sin conexión desde {since}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin conexión</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>nada por enviar</source>
        <translation>nothing to be sent</translation>
    </message>
    <message>
        <source>todo enviado a las {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>todo enviado</source>
        <translation>all sent</translation>
    </message>
    <message>
        <source>Impresora lista</source>
        <translation>Printer ready</translation>
    </message>
    <message>
        <source>Sin impresora: se guarda PDF</source>
        <translation>No printer: kept as PDF</translation>
    </message>
    <message>
        <source>Sin impresora</source>
        <translation>No printer</translation>
    </message>
    <message>
        <source>Último {folio}</source>
        <translation>Latest {folio}</translation>
    </message>
    <message>
        <source>las {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sugerencias de {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar «{text}» como está</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aún no se registra. Revise esto:</source>
        <translation>Not registered yet. Please look at this:</translation>
    </message>
    <message>
        <source>Sin fecha comprometida</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El plazo era {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El plazo vencía {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; muestra frases frecuentes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se responde ahora</source>
        <translation>Answered now</translation>
    </message>
    <message>
        <source>Queda pendiente</source>
        <translation>Stays pending</translation>
    </message>
    <message>
        <source>Se deriva</source>
        <translation>Handed on</translation>
    </message>
    <message>
        <source>Cómo termina</source>
        <translation>How it ends</translation>
    </message>
    <message>
        <source>destino</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Respuesta</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>Revise lo que se va a registrar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hay que corregir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Está bien así</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A nombre de</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo que usted cuenta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nuestra respuesta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se deriva a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cómo llega la respuesta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La institución que debe responder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motivo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sin fecha prometida para este tipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leer todo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>En la central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deshacer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deshacer: {act}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deshacer  Alt+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Página anterior</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Página siguiente</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cerrar la vista</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vista de {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Página {n} de {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abriendo el documento…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consulta</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Reclamo</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>Sugerencia</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>Felicitación</source>
        <translation>Praise</translation>
    </message>
    <message>
        <source>Petición</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>Denuncia</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Acceso a la información</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amparo ante el CPLT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Derechos sobre datos personales</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ingresada</source>
        <translation>Filed</translation>
    </message>
    <message>
        <source>Derivada</source>
        <translation>Handed on</translation>
    </message>
    <message>
        <source>En trámite</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>Respondida</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>Cerrada</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>en persona</source>
        <translation>in person</translation>
    </message>
    <message>
        <source>por teléfono</source>
        <translation>by telephone</translation>
    </message>
    <message>
        <source>por correo electrónico</source>
        <translation>by e-mail</translation>
    </message>
    <message>
        <source>por carta</source>
        <translation>by letter</translation>
    </message>
    <message>
        <source>en la oficina</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>en Gobierno en Terreno</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RUT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ayer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hoy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mañana</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} a las {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desde las {hour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desde {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cases} en trámite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cases}, {open} en trámite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vence {day}, {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vence en {days}, {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>venció {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>venció hace {days}, {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mostrar a la persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Una sola casilla para todo: RUN, folio, nombre o el código de un comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba dos letras. Las flechas eligen y Enter abre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si el RUN es de alguien nuevo, Enter comienza su atención.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El lector de códigos funciona en cualquier pantalla: lea la cédula y ya está.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo que dejó en espera aparece aquí. F5 sigue y Alt+X descarta.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nadie se va por no tener RUN: elija otro documento, sin documento o anónimo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si dos personas se llaman igual, el programa las muestra. Elija con las flechas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+1, Alt+2 y Alt+3 llevan a Quién, Qué y Cómo termina.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El punto y coma muestra frases frecuentes en los textos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+J adjunta un documento. También puede arrastrarlo o pegarlo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+L anota otro lugar u otra fecha, por ejemplo una salida a terreno.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F5 deja la atención en espera y atiende a otra persona. Caben cinco.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo que escribe se guarda solo cada dos segundos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+M muestra el texto en grande, para que la persona lo confirme.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter registra. Si falta algo, la página dice qué.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El folio ya es definitivo. Dígalo en voz alta, por grupos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter imprime. Sin impresora, el comprobante queda en PDF y Alt+P lo abre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Con el folio y la clave de seguimiento la persona puede volver a preguntar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F9 hace otra copia: el papel dice COPIA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+D muestra cómo se contó el plazo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F2 atiende a la persona siguiente.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F6 responde, F7 deriva y F4 anota. Guarde con Ctrl+Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+1 pone una respuesta lista. Léala y complétela antes de guardar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+Enter guarda la respuesta y cierra el caso.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+C corrige un dato. La historia conserva lo que decía antes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>¿Se equivocó? Alt+Z deshace durante diez segundos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nada se borra: lo deshecho queda tachado en la historia.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si dos personas corrigieron lo mismo, compare y elija. Nada se perdió.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bastan los últimos cuatro o cinco símbolos del folio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>También sirve el RUN, un nombre sin tildes o palabras del relato.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Las flechas eligen y Enter abre. Si hay un solo caso, Enter lo abre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Un caso de otra oficina puede no estar en este equipo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primero lo vencido, luego lo que vence hoy y esta semana.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba letras para filtrar. Esc quita el filtro.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Las flechas eligen y Enter abre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>«Sin enviar» no es una falta suya: se envía solo cuando hay conexión.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muestra cuántas atenciones hubo y los folios del día.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lea los avisos: un borrador o un salto de folio se explica aquí.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter cierra el día, guarda el libro y lo imprime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puede cerrar otra vez: el libro nuevo reemplaza al anterior.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+← y Alt+→ muestran otros días.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dice qué espera, desde cuándo y por qué.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay que hacer nada: los casos se envían solos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter prueba ahora. Puede seguir atendiendo mientras tanto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elija el tamaño de la letra y el aspecto. Se aplican de inmediato.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si informática pregunta la versión, está en «Acerca de».</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presione F2, escriba el RUN y Enter. Si ya vino antes, sus datos aparecen solos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>¿No tiene RUN o prefiere no darlo? Elija otro documento o Anónimo: igual se atiende.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba las primeras letras de la materia y Enter. Si no está, déjela con sus palabras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anote lo que la persona cuenta y marque cómo termina la atención.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter registra. El folio aparece grande: dígalo por grupos y entregue el comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay conexión</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Siga atendiendo. Los casos se envían solos cuando vuelve. F10 dice por qué.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La impresora no responde</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso ya está guardado. Dicte el folio; después imprima con F9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El reloj no se pudo comprobar. Puede seguir; avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se cortó la luz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abra el programa de nuevo. Lo registrado está guardado y el borrador lo espera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hay espacio en el disco</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El caso NO se guardó; su texto sigue en pantalla. Avise a informática.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El lector no hace nada</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escriba el RUN a mano: el resultado es el mismo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>El número del caso. Es definitivo y no se repite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clave de seguimiento</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palabra secreta del comprobante. Solo la tiene la persona.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enviar el caso a la institución que debe responder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dejar una nota interna. No es una respuesta.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plazo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fecha máxima de respuesta que dice el comprobante.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compromiso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plazo que fija su oficina cuando la ley no fija uno.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
