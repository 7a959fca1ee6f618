console.log('trowel');
